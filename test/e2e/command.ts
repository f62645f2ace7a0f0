import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const FOOTFALL = fileURLToPath(new URL('../../host/cli/footfall.ts', import.meta.url))

/** `footfall …` as a user runs it in `folder`, and what it says on standard output. */
export class Command {
  readonly #child: ChildProcess
  readonly #exit: Promise<number | null>
  #said = ''
  #heard: () => void = () => {}
  #ended: boolean = false

  constructor(folder: string, ...args: string[]) {
    this.#child = spawn(process.execPath, [FOOTFALL, ...args], {
      cwd: folder,
      env: { ...process.env, INIT_CWD: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text
      this.#heard()
    })
    this.#exit = new Promise((resolve) => this.#child.on('close', resolve))
    void this.#exit.then(() => {
      this.#ended = true
      this.#heard()
    })
  }

  /** What follows `name: ` on a line of its own. */
  async says(name: string): Promise<string> {
    for (;;) {
      const value = new RegExp(`^${name}: (.+)$`, 'm').exec(this.#said)?.[1]
      if (value !== undefined) return value
      if (this.#ended) throw new Error(`ended without “${name}: …”, but: ${this.#said}`)
      await new Promise<void>((resolve) => {
        this.#heard = resolve
      })
    }
  }

  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT')
    return this.#exit
  }
}
