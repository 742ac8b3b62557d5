import type { Scheduler } from 'fast-check'
import type { Ports, Queries, Transaction } from '../../src/index.ts'

/**
 * The same ports, where the scheduler decides when each call begins and when its answer arrives. What the call itself
 * waits for, such as a lock, is left out of the schedule, for whoever holds it must go on first.
 */
export function scheduledPorts<Given extends Ports>(scheduler: Scheduler, ports: Given): Given {
  const turn = (): Promise<unknown> => scheduler.schedule(Promise.resolve())

  function scheduled<Group extends object>(group: Group): Group {
    const entries = Object.entries(group).map(([name, member]) => [
      name,
      isAsync(member) ? slow(member) : member,
    ])
    return Object.fromEntries(entries) as Group
  }

  function slow(call: (...given: unknown[]) => Promise<unknown>) {
    return async (...given: unknown[]): Promise<unknown> => {
      await turn()
      const answer = await call(...given)
      await turn()
      return answer
    }
  }

  function slowTransaction(tx: Transaction): Transaction {
    const { categories, expenses, invoices, attachments, settings, apiKeys } = tx
    return {
      ...tx,
      categories: scheduled(categories),
      expenses: scheduled(expenses),
      invoices: scheduled(invoices),
      attachments: scheduled(attachments),
      settings: scheduled(settings),
      apiKeys: scheduled(apiKeys),
    }
  }

  const queries = Object.fromEntries(
    Object.entries(ports.queries).map(([name, group]) => [name, scheduled(group as object)]),
  ) as unknown as Queries

  return {
    ...ports,
    queries,
    unitOfWork: {
      async transact(scope, work) {
        await turn()
        const result = await ports.unitOfWork.transact(scope, (tx) => work(slowTransaction(tx)))
        await turn()
        return result
      },
    },
  }
}

// The staging calls of a repository give nothing back and stay as they are.
function isAsync(member: unknown): member is (...given: unknown[]) => Promise<unknown> {
  return typeof member === 'function' && member.constructor.name === 'AsyncFunction'
}
