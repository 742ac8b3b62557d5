import { type FileKey, fileKey } from '@daftari/domain'
import { freshId } from '@daftari/testing'

export function freshKey(): FileKey {
  return fileKey(freshId(), freshId())
}
