import type { LinkOptions } from '@daftari/application'
import type { FileKey } from '@daftari/domain'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import type { FileLinkPorts, LinkedFile } from './file-links-contract.ts'
import { bytesUnder } from './file-steps.ts'

interface Made extends LinkOptions {
  readonly key: FileKey
  readonly url: string
}

/** Changes what links lead to; told which were made, newest last. */
function following(
  follow: (ports: FileLinkPorts, url: string, made: readonly Made[]) => Promise<LinkedFile | null>,
): Saboteur<FileLinkPorts> {
  return (ports) => {
    const made: Made[] = []
    const files = overlay(ports.files, {
      async link(key, options) {
        const url = await ports.files.link(key, options)
        made.push({ ...options, key, url })
        return url
      },
    })
    return { files, follow: (url) => follow(ports, url, made) }
  }
}

function changing(change: (file: LinkedFile) => LinkedFile): Saboteur<FileLinkPorts> {
  return following(async (ports, url) => {
    const file = await ports.follow(url)
    return file === null ? null : change(file)
  })
}

/** Gives the file of the newest link, whatever has become of it. */
async function anyway({ files }: FileLinkPorts, made: Made | undefined): Promise<LinkedFile | null> {
  const bytes = made === undefined ? null : await bytesUnder(files, made.key)
  if (bytes === null) return null
  return { contentType: 'application/octet-stream', fileName: made?.fileName ?? null, bytes }
}

/** For every case of the contract of links a way to break them so that exactly this case fails. */
export const fileLinkSaboteurs: Saboteurs<FileLinkPorts> = {
  'gives the bytes to whoever follows a link': changing((file) => ({ ...file, bytes: file.bytes.slice(1) })),

  'gives a linked file as bytes of no special type': changing((file) => ({
    ...file,
    contentType: 'text/html',
  })),

  'F59: lets a linked file be saved under its name, whatever that is': changing((file) => ({
    ...file,
    fileName: file.fileName?.replace(/[^\w.]/g, '_') ?? null,
  })),

  'refuses a link that has expired': following(async (ports, url, made) => {
    const isKnown = made.some((one) => one.url === url)
    return (await ports.follow(url)) ?? (isKnown ? anyway(ports, made.at(-1)) : null)
  }),

  'refuses a link that was altered': following(async (ports, url, made) => {
    const isKnown = made.some((one) => one.url === url)
    return (await ports.follow(url)) ?? (isKnown ? null : anyway(ports, made.at(-1)))
  }),

  'leads nowhere for a file that is not there': following(async (ports, url, made) => {
    const key = made.at(-1)?.key
    const isGone = key !== undefined && (await ports.files.stat(key)) === null
    const nothing = { contentType: 'application/octet-stream', fileName: null, bytes: new Uint8Array() }
    return isGone ? nothing : ports.follow(url)
  }),
}
