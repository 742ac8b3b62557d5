export { createFund, type Fund, type FundEvent, type FundId, type NewFund } from './fund.ts'
