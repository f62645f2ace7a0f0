/** What was given is wrong: names the file, the line where there is one, what is wrong and what to do. Nothing was written. */
export class InputError extends Error {
  override name = 'InputError'
  readonly file: string
  readonly line: number | null

  constructor(file: string, line: number | null, problem: string) {
    super(`${file}${line === null ? '' : `:${line}`}: ${problem}`)
    this.file = file
    this.line = line
  }
}
