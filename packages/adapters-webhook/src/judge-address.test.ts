import { expect, test } from 'vitest'
import { privateAddresses, publicAddresses } from '../test/support/private-addresses.ts'
import { isPublicAddress } from './judge-address.ts'

test.each(privateAddresses)('F49: %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(publicAddresses)('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  '',
  'localhost',
  '8.8.8',
  '010.8.8.8',
  '0x08.8.8.8',
  '134744072',
  '8.8.8.8.',
  ' 8.8.8.8',
  '[::1]',
  '8.8.8.8/0',
])('F49: "%s" is no address, and so not public', (text) => {
  expect(isPublicAddress(text)).toBe(false)
})
