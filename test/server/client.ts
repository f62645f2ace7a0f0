import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { ClientMessage, ServerMessage } from '../../host/server/messages.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** One HTTP request as it stands: neither path nor headers are tidied. */
export const get = (url: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(url, 'GET', path, headers)

/** The same with a body in JSON. */
export const send = (
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  body === undefined
    ? ask(url, method, path, headers)
    : ask(url, method, path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body))

function ask(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  sentBody?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    // an upgrade that is granted ends the request here
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    sent.on('error', reject)
    sent.end(sentBody)
  })
}

export const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

/** A viewer over a real WebSocket, whose messages are taken one by one. */
export class TestViewer {
  readonly #socket: WebSocket
  readonly #messages: ServerMessage[] = []
  #wake: () => void = () => {}
  readonly #closed: Promise<void>

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      this.#messages.push(JSON.parse(String(data)) as ServerMessage)
      this.#wake()
    }
    this.#closed = new Promise((resolve) => {
      socket.onclose = () => resolve()
    })
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<TestViewer> {
    // Node's own WebSocket takes headers; the types are the browser's, where it does not
    const init = { headers } as unknown as string[]
    const socket = new WebSocket(`${url.replace('http', 'ws')}api/live`, init)
    const viewer = new TestViewer(socket)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = reject
    })
    return viewer
  }

  send(message: ClientMessage | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** The next message of any type. */
  async first(): Promise<ServerMessage> {
    for (;;) {
      const message = this.#messages.shift()
      if (message !== undefined) return message
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** The next message of a type; those before it are dropped. */
  async next<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>> {
    for (;;) {
      const message = await this.first()
      if (message.type === type) return message as Extract<ServerMessage, { type: T }>
    }
  }

  /** Resolves when the connection has ended, whoever ended it. */
  closed(): Promise<void> {
    return this.#closed
  }

  async close(): Promise<void> {
    this.#socket.close()
    await this.#closed
  }
}

/** A browser that opens the WebSocket and then stops reading, until it is told to drain. */
export class StalledViewer {
  readonly #socket: Socket

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(url: string): Promise<StalledViewer> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname)
    const headers = Object.entries({ host, ...UPGRADE }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET /api/live HTTP/1.1\r\n${headers.join('')}\r\n`)
    await new Promise((resolve) => socket.once('readable', resolve))
    return new StalledViewer(socket)
  }

  /** Reads all there is, until `enough`; gives every text message and how many bytes came. */
  async drain(enough: (message: ServerMessage) => boolean): Promise<{ bytes: number; last: ServerMessage }> {
    let bytes = 0
    let buffer = Buffer.alloc(0)
    let headersRead = false
    for await (const chunk of this.#socket) {
      bytes += chunk.length
      buffer = Buffer.concat([buffer, chunk])
      if (!headersRead) {
        buffer = buffer.subarray(buffer.indexOf('\r\n\r\n') + 4)
        headersRead = true
      }
      for (let frame = readFrame(buffer); frame; frame = readFrame(buffer)) {
        buffer = buffer.subarray(frame.bytes)
        const message = JSON.parse(frame.text) as ServerMessage
        if (enough(message)) {
          this.#socket.destroy()
          return { bytes, last: message }
        }
      }
    }
    throw new Error('the server hung up')
  }
}

/** One unmasked text frame (RFC 6455, 5.2), or nothing when it is not whole yet. */
function readFrame(buffer: Buffer): { text: string; bytes: number } | null {
  if (buffer.length < 2) return null
  const short = buffer[1]! & 0x7f
  const header = short === 127 ? 10 : short === 126 ? 4 : 2
  if (buffer.length < header) return null
  const length =
    short === 127 ? Number(buffer.readBigUInt64BE(2)) : short === 126 ? buffer.readUInt16BE(2) : short
  if (buffer.length < header + length) return null
  return { text: buffer.toString('utf8', header, header + length), bytes: header + length }
}
