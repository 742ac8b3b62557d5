import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { root } from './document.ts'

interface Service {
  readonly url: string
  readonly apiKey: string
  stop(): Promise<void>
}

/** A service whose data lie in `.daftari` under a new folder. It ends, and the folder goes, with the test. */
export async function openService(): Promise<{
  readonly folder: string
  readonly url: string
  readonly apiKey: string
}> {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-readme-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // For root, whose PostgreSQL runs as another user: where that one cannot go, the data would lie elsewhere.
  chmodSync(folder, 0o755)
  const { url, apiKey, stop } = await startService(folder)
  onTestFinished(stop)
  return { folder, url, apiKey }
}

/** Starts `daftari serve` on a free port, with its data in `.daftari` under the folder. */
async function startService(folder: string): Promise<Service> {
  const program = `${root}packages/daftari/src/main.ts`
  const child = spawn(process.execPath, ['--conditions=source', program, 'serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text) => said.push(text))
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"url"')) continue
    child.stdout.resume()
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM')
      await exited
    }
    return { ...JSON.parse(line), stop }
  }
  const [code] = await exited
  throw new Error(`the service ended with ${code} before it was ready:\n${said.join('')}`)
}
