import { describe, expect, it } from 'vitest'
import { Channel } from '../../host/server/channel.ts'
import { BEHIND_BYTES, LOST_BYTES, type Outlet, Viewer } from '../../host/server/viewer.ts'
import { ScriptedFeed } from './scripted-feed.ts'

/** A network that delivers only when the test says so. */
class Line implements Outlet {
  readonly sent: string[] = []
  bufferedAmount = 0
  #waiting: (() => void)[] = []

  send(text: string, sent: () => void): void {
    this.sent.push(text)
    this.#waiting.push(sent)
  }

  deliver(): void {
    this.bufferedAmount = 0
    const waiting = this.#waiting
    this.#waiting = []
    for (const sent of waiting) sent()
  }
}

function viewerOn(line: Line): Viewer {
  const viewer = new Viewer(line)
  let snapshots = 0
  viewer.begin(() => `snapshot ${snapshots++}`)
  return viewer
}

describe('a viewer that is behind', () => {
  it('gets everything while it keeps up', () => {
    const line = new Line()
    const viewer = viewerOn(line)
    viewer.offer('state', 'state 1')
    viewer.offer('stance', 'stance 1')
    viewer.offer('state', 'state 2')
    expect(line.sent).toEqual(['snapshot 0', 'state 1', 'stance 1', 'state 2'])
  })

  it('keeps only the newest state and pods, but every stance, and sends them when it has caught up', () => {
    const line = new Line()
    const viewer = viewerOn(line)
    line.bufferedAmount = BEHIND_BYTES + 1
    for (const n of [1, 2, 3]) {
      viewer.offer('state', `state ${n}`)
      viewer.offer('pods', `pods ${n}`)
      viewer.offer('stance', `stance ${n}`)
    }
    expect(line.sent).toEqual(['snapshot 0', 'stance 1', 'stance 2', 'stance 3'])
    line.deliver()
    expect(line.sent.slice(4)).toEqual(['state 3', 'pods 3'])
  })

  it('queues nothing more once it is lost, and then starts afresh, once', () => {
    const line = new Line()
    const viewer = viewerOn(line)
    line.bufferedAmount = LOST_BYTES + 1
    for (let n = 0; n < 1000; n++) viewer.offer(n % 2 ? 'stance' : 'state', `message ${n}`)
    expect(line.sent).toEqual(['snapshot 0'])
    line.deliver()
    expect(line.sent).toEqual(['snapshot 0', 'snapshot 1'])
    viewer.offer('stance', 'stance')
    line.deliver()
    expect(line.sent).toEqual(['snapshot 0', 'snapshot 1', 'stance'])
  })
})

describe('a channel', () => {
  it('drops a viewer that throws and goes on with the others', () => {
    const feed = new ScriptedFeed()
    const failures: unknown[] = []
    const channel = new Channel(feed, null, (error) => failures.push(error))
    let broken: boolean = false
    const bad = new Viewer({
      bufferedAmount: 0,
      send() {
        if (broken) throw new Error('the socket is gone')
      },
    })
    const line = new Line()
    channel.join(bad)
    channel.join(new Viewer(line))
    broken = true
    feed.say({ type: 'note', timeS: 1, text: 'one' })
    feed.say({ type: 'note', timeS: 2, text: 'two' })
    expect(failures).toHaveLength(1)
    expect(channel.size).toBe(1)
    expect(line.sent.slice(1).map((text) => JSON.parse(text).text)).toEqual(['one', 'two'])
  })
})
