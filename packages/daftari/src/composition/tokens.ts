import type { PostgresAdapters } from '@daftari/adapters-postgres'
import type { Books, Dispatcher, FileStore, Ports } from '@daftari/application'
import type { Config } from '../config.ts'
import type { OpenDatabase } from '../database/open-database.ts'

/** A key of the container, with the type of its value. */
export interface Token<Value> {
  readonly name: string
  readonly key: symbol
  /** Never set at run time. It binds the type to the token. */
  readonly value?: Value
}

function token<Value>(name: string): Token<Value> {
  return Object.freeze({ name, key: Symbol(name) })
}

/** All values that can be resolved from the container, or replaced in it. */
export const tokens: {
  readonly config: Token<Config>
  readonly database: Token<OpenDatabase>
  /** The places of files, each by itself, the first being where all files should lie. */
  readonly fileStores: Token<readonly FileStore[]>
  /** The places of files as one. */
  readonly files: Token<FileStore>
  readonly adapters: Token<PostgresAdapters>
  readonly ports: Token<Ports>
  readonly books: Token<Books>
  readonly dispatcher: Token<Dispatcher>
} = Object.freeze({
  config: token<Config>('config'),
  database: token<OpenDatabase>('database'),
  fileStores: token<readonly FileStore[]>('fileStores'),
  files: token<FileStore>('files'),
  adapters: token<PostgresAdapters>('adapters'),
  ports: token<Ports>('ports'),
  books: token<Books>('books'),
  dispatcher: token<Dispatcher>('dispatcher'),
})
