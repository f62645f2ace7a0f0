import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Room on disk for as long as it is open: nobody else can open it, and nothing is left behind should this process be killed. */
export class ScratchFile {
  readonly #path: string
  readonly #file: FileHandle

  /** @param kind the ending of its name, where it has one */
  static async create(kind: string): Promise<ScratchFile> {
    const path = join(tmpdir(), `footfall-${randomUUID()}.${kind}`)
    const file = await open(path, 'wx+', 0o600)
    // where open files cannot be removed it goes when it is closed
    await rm(path, { force: true }).catch(() => {})
    return new ScratchFile(path, file)
  }

  private constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  async write(bytes: Uint8Array, offset: number): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, offset)
  }

  async read(length: number, offset: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    await this.#file.read(bytes, 0, length, offset)
    return bytes
  }

  async close(): Promise<void> {
    await this.#file.close()
    await rm(this.#path, { force: true })
  }
}
