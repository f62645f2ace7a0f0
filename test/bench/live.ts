import { fork } from 'node:child_process'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { openPty } from '../../firmware/virtual/pty.ts'
import type { LiveCost } from './live-host.ts'
import { print, say } from './print.ts'
import { virtualPods } from './rig.ts'

/** A live host in a process of its own: four pods over pseudo-terminals, recording, one viewer. Pods and viewer are on this side. */
export async function liveHost(folder: string): Promise<void> {
  say('live host, 40 s')
  const pods = await virtualPods()
  const ptys = await Promise.all(pods.map((pod) => openPty(pod)))
  const driver = new RealTimeDriver(pods)
  driver.start()
  const host = fork(new URL('live-host.ts', import.meta.url), [folder, ...ptys.map(({ path }) => path)])
  let viewed = 0
  let stances = 0
  try {
    const cost = await new Promise<LiveCost>((resolve, reject) => {
      host.on('message', (message: { url: string } | { cost: LiveCost }) => {
        if ('cost' in message) return resolve(message.cost)
        const socket = new WebSocket(`${message.url.replace('http', 'ws')}api/live`)
        socket.onmessage = ({ data }) => {
          viewed++
          if (JSON.parse(String(data)).type === 'stance') stances++
        }
      })
      host.once('exit', (code) => reject(new Error(`the live host ended with ${code}`)))
    })
    print('live host, four pods, recording, one viewer: share of one core', 100 * cost.coreShare, '%', 1)
    print('live host, event loop delay p50', cost.delayP50Ms, 'ms', 2)
    print('live host, event loop delay p99', cost.delayP99Ms, 'ms', 2)
    print('live host, messages seen by the viewer', viewed, 'messages')
    print('live host, stances seen by the viewer', stances, 'stances')
  } finally {
    host.kill()
    driver.stop()
    await Promise.all(ptys.map((pty) => pty.close()))
  }
}
