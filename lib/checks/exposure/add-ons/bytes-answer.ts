import type { BytesAnswer } from '../../../core/probing/index.ts';
import { hex, latin1 } from './bytes.ts';

/** Bytes that a case answers with. */
export const bytesAnswer = (bytes: readonly number[] | string): BytesAnswer => {
  const all = typeof bytes === 'string' ? latin1(bytes) : bytes;
  return { is: 'bytes', bytes: hex(all), text: String.fromCharCode(...all) };
};
