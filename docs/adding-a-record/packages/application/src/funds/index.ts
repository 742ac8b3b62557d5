export { createFundInput, type FundView, fundView, listFundsInput } from './fund-shapes.ts'
