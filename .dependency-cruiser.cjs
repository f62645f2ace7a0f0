/** Imports go one way through the rooms of docs/architecture.md. */
const only = (room, may) => ({
  name: `${room} imports only ${may.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: '^(shared|firmware|host|test)/', pathNot: `^(${[room, ...may].join('|')})[/.]` },
})
const pure = (room) => ({
  name: `${room} is pure: no I/O, no RxJS`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: '^(node:|(fs|fs/promises|net|http|child_process|worker_threads|os|path|timers|timers/promises)$|node_modules/(rxjs|serialport|fastify|@mcap|pino))',
  },
})

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    only('shared', []),
    only('firmware/pod', ['shared']),
    only('firmware/receiver', ['firmware/pod/espruino', 'shared']),
    only('firmware/build', ['firmware/pod', 'firmware/receiver', 'shared']),
    only('firmware/virtual', ['firmware/build', 'firmware/pod', 'host/link/pushed-port', 'shared']),
    only('firmware/load', ['firmware/virtual', 'firmware/build', 'firmware/pod', 'shared']),
    only('host/link', ['shared']),
    only('host/flash', ['host/link', 'firmware/build', 'shared']),
    only('host/clock', ['shared']),
    only('host/motion', ['shared', 'host/gait/events', 'host/analysis/document']),
    only('host/gait', ['host/motion', 'shared']),
    only('host/metrics', ['host/gait', 'host/motion', 'host/analysis/document', 'shared']),
    only('host/analysis', ['host/clock', 'host/motion', 'host/gait', 'host/metrics', 'shared']),
    only('host/session', ['host/analysis', 'host/metrics', 'host/gait', 'host/link', 'shared']),
    only('host/server', [
      'host/session',
      'host/analysis',
      'host/metrics',
      'host/gait',
      'host/link',
      'host/web',
      'shared',
    ]),
    only('host/web', ['host/server/messages', 'host/metrics/detectable', 'host/metrics/symmetry', 'shared']),
    ...['shared', 'host/clock', 'host/motion', 'host/gait', 'host/metrics', 'host/analysis'].map(pure),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'] },
  },
}
