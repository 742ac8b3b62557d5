export interface CsvRow {
  /** Where the row begins in the text, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** A quote in it is never closed, so that its last cell holds the rest of the text. */
  readonly isUnclosed: boolean
}

/** The rows of RFC 4180 text; also with bare line feeds, a byte order mark, or no last line break. Blank lines are skipped. */
export function* readCsv(text: string): Generator<CsvRow> {
  const reader = new CellReader(text.startsWith('\ufeff') ? text.slice(1) : text)
  while (!reader.isAtEnd()) {
    const line = reader.line
    const cells = reader.row()
    if (cells.length > 1 || cells[0] !== '') yield { line, cells, isUnclosed: reader.isUnclosed }
  }
}

class CellReader {
  readonly #text: string
  #at = 0
  line = 1
  isUnclosed = false

  constructor(text: string) {
    this.#text = text
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

  /** A quote that is never closed takes the rest of the text; what follows a closing quote is kept as it stands. */
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
