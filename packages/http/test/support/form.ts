export interface FormPart {
  readonly name: string
  /** Without it, the part is a field. */
  readonly fileName?: string
  readonly type?: string
  readonly content: string | Buffer
}

export interface Form {
  readonly body: Buffer
  readonly headers: { readonly 'content-type': string }
}

const BOUNDARY = 'a-boundary'

/** A form as a browser sends it. `end` is what closes it. */
export function formOf(parts: readonly FormPart[], end = `--${BOUNDARY}--\r\n`): Form {
  const pieces = parts.flatMap(({ name, fileName, type = 'application/octet-stream', content }) => {
    const of = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: ${type}`
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${of}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]
  })
  return {
    body: Buffer.concat([...pieces, Buffer.from(end)]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  }
}

export const PDF = '%PDF-1.7 a receipt'

export function pdfForm(fileName = 'risiti.pdf', content: string | Buffer = PDF): Form {
  return formOf([{ name: 'file', fileName, type: 'application/pdf', content }])
}
