import { describe, expect, it } from 'vitest';
import { isLoopback, isOurHost } from './host-names.ts';

describe('names of hosts', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
  it('are not asked for where a name is needed anyway, unless some are given', () => {
    expect(isOurHost('anything', '0.0.0.0', [])).toBe(true);
    expect(isOurHost('anything', '0.0.0.0', ['gatehouse.internal'])).toBe(false);
    expect(isOurHost(undefined, '127.0.0.1', [])).toBe(false);
  });
});
