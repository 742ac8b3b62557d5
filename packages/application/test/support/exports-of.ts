import { readdirSync } from 'node:fs'

/** What the files of a folder export whose names end so. A record adds a file to the folder, and to no list. */
export async function exportsOf<Export>(folder: URL, ending: string): Promise<readonly Export[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending))
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href)))
  return modules.flatMap((module) => Object.values<Export>(module))
}
