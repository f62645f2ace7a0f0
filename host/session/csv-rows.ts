import { open } from 'node:fs/promises'
import { InputError } from './input-error.ts'

/** Rows of one piece of a file; reused for the next piece. */
export interface CsvBatch {
  /** `columns` numbers a row, in the order asked for. */
  values: Float64Array
  rows: number
  /** Line of each row in the file, from 1. */
  lines: Uint32Array
}

const PIECE_BYTES = 1 << 16

/**
 * Reads number columns out of a CSV by the names in its header, piece by piece: memory does not grow with the file. Columns may
 * stand in any order beside others; blank lines are passed over.
 * @throws InputError for a file that cannot be read, a column that is missing, and a value that is no finite number
 */
export async function* readCsv(path: string, columns: readonly string[]): AsyncGenerator<CsvBatch> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file; session.json names it' : error.message
    throw new InputError(path, null, why)
  })
  try {
    if (!(await file.stat()).isFile())
      throw new InputError(path, null, 'this is no file; session.json names it')
    const parser = new CsvParser(path, columns)
    const piece = Buffer.alloc(PIECE_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES)
      if (bytesRead === 0) break
      yield parser.push(piece.toString('latin1', 0, bytesRead))
    }
    yield parser.end()
  } finally {
    await file.close()
  }
}

class CsvParser {
  readonly #path: string
  readonly #columns: readonly string[]
  #places: number[] = []
  // 0 until the header has come
  #width = 0
  #rest = ''
  #line = 0
  readonly #batch: CsvBatch

  constructor(path: string, columns: readonly string[]) {
    this.#path = path
    this.#columns = columns
    // the shortest row is a digit and a comma for each column
    const most = Math.ceil(PIECE_BYTES / (2 * columns.length)) + 1
    this.#batch = { values: new Float64Array(columns.length * most), rows: 0, lines: new Uint32Array(most) }
  }

  push(text: string): CsvBatch {
    const all = this.#rest + text
    this.#batch.rows = 0
    let from = 0
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
      this.#takeLine(all.slice(from, end))
      from = end + 1
    }
    this.#rest = all.slice(from)
    if (this.#rest.length > PIECE_BYTES)
      throw new InputError(this.#path, this.#line + 1, 'this line has no end; is it a CSV file?')
    return this.#batch
  }

  end(): CsvBatch {
    const batch = this.push('\n')
    if (this.#width === 0)
      throw new InputError(
        this.#path,
        1,
        `the file is empty; its first line must be ${this.#columns.join(',')}`,
      )
    return batch
  }

  #takeLine(raw: string): void {
    this.#line++
    const line = raw.trim()
    if (line === '') return
    if (this.#width === 0) this.#takeHeader(line)
    else this.#takeRow(line.split(','))
  }

  #takeHeader(line: string): void {
    // a byte order mark, read as Latin-1
    const names = line
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .split(',')
      .map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
    for (const column of this.#columns) {
      const place = names.indexOf(column)
      if (place < 0)
        throw new InputError(
          this.#path,
          this.#line,
          `column ${column} is missing; the header must have ${this.#columns.join(',')}, it has ${names.join(',')}`,
        )
      this.#places.push(place)
    }
    this.#width = names.length
  }

  #takeRow(cells: string[]): void {
    if (cells.length !== this.#width)
      throw new InputError(
        this.#path,
        this.#line,
        `${cells.length} values where the header has ${this.#width} columns; a missing sample must be a missing row`,
      )
    const { values, rows, lines } = this.#batch
    const base = rows * this.#columns.length
    for (let i = 0; i < this.#places.length; i++) {
      const cell = cells[this.#places[i]!]!.trim()
      const value = cell === '' ? Number.NaN : Number(cell)
      if (!Number.isFinite(value))
        throw new InputError(
          this.#path,
          this.#line,
          `${this.#columns[i]} is ${cell === '' ? 'empty' : cell}, not a number; leave the row out where a sample is missing`,
        )
      values[base + i] = value
    }
    lines[rows] = this.#line
    this.#batch.rows++
  }
}
