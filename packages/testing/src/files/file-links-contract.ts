import assert from 'node:assert/strict'
import type { LinkingFileStore } from '@daftari/application'
import type { Contract } from '../kernel/contract.ts'
import { assertBytes, markedStore, someBytes, stored } from './file-steps.ts'

const HOUR_MS = 60 * 60 * 1_000

/** What somebody gets who follows a link. */
export interface LinkedFile {
  readonly contentType: string
  /** Under which name it is to be saved; `null` when it is to be shown. */
  readonly fileName: string | null
  readonly bytes: Uint8Array
}

/** What the contract of links runs with. The clock of the harness tells the time at which links are followed. */
export interface FileLinkPorts {
  readonly files: LinkingFileStore
  /** Follows a link as a stranger would, without any key; `null` when it is refused. */
  follow(url: string): Promise<LinkedFile | null>
}

const link = { expiresInSeconds: 3_600, fileName: 'ankara.pdf' }

/** What links of a file store promise. */
export const fileLinksContract: Contract<FileLinkPorts> = {
  name: 'file links',
  cases: [
    {
      name: 'gives the bytes to whoever follows a link',
      async run({ ports }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(100_000))
        const followed = await ports.follow(await files.link(key, link))
        assertBytes(followed?.bytes, someBytes(100_000))
      },
    },
    {
      name: 'gives a linked file as bytes of no special type',
      async run({ ports }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(10))
        const followed = await ports.follow(await files.link(key, link))
        assert.equal(followed?.contentType, 'application/octet-stream')
      },
    },
    {
      name: 'F59: lets a linked file be saved under its name, whatever that is',
      async run({ ports }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(10))
        for (const fileName of ['ankara.pdf', 'Risiti — Mei 🧾.pdf', 'a"b;c\\d%20(e)*\'f.pdf']) {
          const followed = await ports.follow(await files.link(key, { ...link, fileName }))
          assert.equal(followed?.fileName, fileName)
        }
      },
    },
    {
      name: 'refuses a link that has expired',
      async run({ ports, clock }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(10))
        clock.advance(-2 * HOUR_MS)
        const url = await files.link(key, link)
        clock.advance(2 * HOUR_MS)
        assert.equal(await ports.follow(url), null)
      },
    },
    {
      name: 'refuses a link that was altered',
      async run({ ports }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(10))
        const url = await files.link(key, link)
        const last = url.at(-1) === '0' ? '1' : '0'
        assert.equal(await ports.follow(url.slice(0, -1) + last), null)
      },
    },
    {
      name: 'leads nowhere for a file that is not there',
      async run({ ports }) {
        const files = await linkingStore(ports)
        const key = await stored(files, someBytes(10))
        const url = await files.link(key, link)
        await files.delete(key)
        assert.equal(await ports.follow(url), null)
      },
    },
  ],
}

async function linkingStore(ports: FileLinkPorts): Promise<LinkingFileStore> {
  await markedStore(ports)
  return ports.files
}
