// full-disk.ts FOLDER: what a store does in a folder on a disk of 1 MiB. Prints one line for each thing it tried.

import { writeFileSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { freshId } from '@daftari/testing'
import { createFolderFileStore } from '../../src/index.ts'
import { bytesUnder, filesBelow, PDF, received, refusalOf, someBytes, stored } from '../support/files.ts'
import { freshKey } from '../support/fresh-key.ts'

const [folder = ''] = process.argv.slice(2)
const files = createFolderFileStore({ folder })
const filler = join(folder, 'filler')
const small = someBytes(10_000)

await files.mark(freshId())
const first = await stored(files, small, freshKey())
const before = filesBelow(folder)

console.log('received:', (await refusalOf(received(files, someBytes(4 * 2 ** 20)))).code)
console.log('nothing left:', String(filesBelow(folder)) === String(before))

const file = await received(files, small)
const { bavail, bsize } = await statfs(folder)
writeFileSync(filler, Buffer.alloc(bavail * bsize))
console.log('stored:', (await refusalOf(files.put(freshKey(), file, PDF))).code)
await file.discard()
await rm(filler)
console.log('nothing left:', String(filesBelow(folder)) === String(before))

console.log('still there:', (await bytesUnder(files, first))?.equals(small))
const second = await stored(files, small, freshKey())
console.log('room again:', (await bytesUnder(files, second))?.equals(small))
