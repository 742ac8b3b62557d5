import { createFund, type FundEvent, type FundId } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { example } from '../kernel/examples.ts'
import { fundJson, fundView } from './fund-shapes.ts'
import type { FundsReads, FundsTransaction } from './ports.ts'

interface FundsTypes {
  readonly event: FundEvent
  readonly transaction: FundsTransaction
  readonly reads: FundsReads
}

/** Where money comes from that was given for one purpose. */
export const funds = {
  types: typesOf<FundsTypes>(),
  aggregates: {
    fund: {
      record: fundJson,
      hasHistory: true,
      published: {
        recordView: fundView,
        events: { 'fund.created': 'creates' },
        examples: () =>
          createFund({ id: example.id<FundId>(8), name: 'Kisima', at: example.at, by: example.by }).events,
      },
    },
  },
  errors: {},
} as const satisfies Context<FundsTypes>
