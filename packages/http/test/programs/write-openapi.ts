import { writeFile } from 'node:fs/promises'
import { generatedDocument } from '../support/generated-document.ts'

const file = new URL('../../openapi.json', import.meta.url)
await writeFile(file, `${JSON.stringify(await generatedDocument(), null, 2)}\n`)
