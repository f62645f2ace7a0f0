import { type Signal, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { words } from './words.ts'

/** A page whose code is fetched when it is first shown, or before. */
export class LazyPage<Props extends object> {
  readonly #load: () => Promise<ComponentType<Props>>
  readonly #page: Signal<ComponentType<Props> | 'failed' | null> = signal(null)
  #asked: boolean = false

  constructor(load: () => Promise<ComponentType<Props>>) {
    this.#load = load
  }

  /** Fetches the code; a page that could not be fetched is tried again when it is next asked for. */
  async fetch(): Promise<void> {
    if (this.#asked) return
    this.#asked = true
    try {
      this.#page.value = await this.#load()
    } catch {
      this.#asked = false
      this.#page.value = 'failed'
    }
  }

  readonly Page = (props: Props) => {
    const Page = this.#page.value
    if (Page === null) void this.fetch()
    if (Page === null || Page === 'failed')
      return (
        <main id="main" class="nothing">
          {Page === 'failed' && (
            <div role="status">
              <p>
                <b>{words.load.failed}</b> {words.load.failedWhat}
              </p>
              <button type="button" class="btn" onClick={() => location.reload()}>
                {words.action.reload}
              </button>
            </div>
          )}
        </main>
      )
    return <Page {...props} />
  }
}
