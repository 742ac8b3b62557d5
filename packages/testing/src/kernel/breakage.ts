import type { Queries, Transaction } from '@daftari/application'

/** A usual way to break an adapter, as data: what one method of its queries or repositories gives in place of the truth. */
export type Breakage = BrokenQuery | BrokenRead

type BrokenQuery = {
  readonly [Name in keyof Queries]: {
    readonly queries: Name
    readonly method: keyof Queries[Name] & string
    readonly gives: WrongAnswer
  }
}[keyof Queries]

type BrokenRead = {
  readonly [Name in Exclude<keyof Transaction, 'transact' | 'events'>]: {
    readonly repository: Name
    readonly method: keyof Transaction[Name] & string
    readonly gives: WrongAnswer
  }
}[Exclude<keyof Transaction, 'transact' | 'events'>]

/** Nothing at all, the rows in the opposite order, or what other owners have as well. */
export type WrongAnswer = 'nothing' | 'reversed' | 'theirs'
