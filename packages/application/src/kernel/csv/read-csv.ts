import { DomainError } from '@daftari/domain'

/** The largest number of characters of a row. A row that arrives in pieces is held in memory until it is complete. */
const LONGEST_ROW = 1_000_000

export interface CsvRow {
  /** The number of the line where the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** A quote in this row is never closed, so its last cell holds the rest of the text. */
  readonly isUnclosed: boolean
}

/** Reads the rows of RFC 4180 text. Bare line feeds, a byte order mark and a missing last line break are accepted. Blank lines are skipped. */
export function* readCsv(text: string): Generator<CsvRow> {
  const reader = new CellReader(text.startsWith('\ufeff') ? text.slice(1) : text)
  while (!reader.isAtEnd()) {
    const line = reader.line
    const cells = reader.row()
    if (cells.length > 1 || cells[0] !== '') yield { line, cells, isUnclosed: reader.isUnclosed }
  }
}

/** Like `readCsv`, for text that arrives in pieces of any length. @throws validation_failed, when a row is too long to hold */
export async function* streamCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  let [pending, line, isBegun] = ['', 1, false]
  for await (const piece of pieces) {
    pending += isBegun || !piece.startsWith('\ufeff') ? piece : piece.slice(1)
    isBegun ||= piece !== ''
    const reader = new CellReader(pending, line)
    let at = 0
    while (!reader.isAtEnd()) {
      const start = reader.line
      const cells = reader.row()
      // A cell that reaches the end of the piece may continue in the next one.
      if (reader.isAtEnd()) break
      if (cells.length > 1 || cells[0] !== '') yield { line: start, cells, isUnclosed: false }
      at = reader.at
      line = reader.line
    }
    pending = pending.slice(at)
    if (pending.length > LONGEST_ROW + piece.length) throw tooLong(line)
  }
  const rest = new CellReader(pending, line)
  while (!rest.isAtEnd()) {
    const start = rest.line
    const cells = rest.row()
    if (cells.length > 1 || cells[0] !== '') yield { line: start, cells, isUnclosed: rest.isUnclosed }
  }
}

function tooLong(line: number): DomainError {
  const detail = `the row that begins on line ${line} has more than ${LONGEST_ROW} characters`
  return new DomainError('validation_failed', { errors: [{ pointer: '', code: 'text_invalid', detail }] })
}

class CellReader {
  readonly #text: string
  #at = 0
  line: number
  isUnclosed = false

  constructor(text: string, line = 1) {
    this.#text = text
    this.line = line
  }

  get at(): number {
    return this.#at
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  row(): string[] {
    const cells = [this.#cell()]
    while (this.#text[this.#at] === ',') {
      this.#at += 1
      cells.push(this.#cell())
    }
    this.#lineBreak()
    return cells
  }

  #cell(): string {
    return this.#text[this.#at] === '"' ? this.#quoted() : this.#bare()
  }

  #bare(): string {
    const start = this.#at
    while (!this.isAtEnd() && !',\r\n'.includes(this.#text[this.#at] as string)) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  /** A quote that is never closed takes the rest of the text. Text after a closing quote is kept as part of the cell. */
  #quoted(): string {
    let value = ''
    this.#at += 1
    for (;;) {
      const quote = this.#text.indexOf('"', this.#at)
      const end = quote < 0 ? this.#text.length : quote
      const piece = this.#text.slice(this.#at, end)
      this.line += piece.split(/\r\n?|\n/).length - 1
      value += piece
      this.#at = end + 1
      this.isUnclosed = quote < 0
      if (this.isUnclosed || this.#text[this.#at] !== '"') return value + this.#bare()
      value += '"'
      this.#at += 1
    }
  }

  #lineBreak(): void {
    if (this.#text[this.#at] === '\r') this.#at += 1
    if (this.#text[this.#at] === '\n') this.#at += 1
    this.line += 1
  }
}
