import { describe, expect, it } from 'vitest';
import { must, sayOf } from '../../../test/support/answers.ts';
import type { IndexEntry } from './manifest.ts';
import { choose } from './platform.ts';

const read = (text: string) => {
  const [os = '', architecture = '', variant] = text.split('/');
  return { os, architecture, ...(variant !== undefined && { variant }) };
};
const entry = (text: string | undefined, more: Partial<IndexEntry> = {}): IndexEntry => ({
  mediaType: 'm',
  digest: text ?? 'none',
  size: 1,
  annotations: null,
  ...(text !== undefined && { platform: read(text) }),
  ...more,
});
const chosen = (there: readonly string[], wanted: string): string => {
  const found = choose(
    there.map((text) => entry(text)),
    read(wanted),
    'app',
  );
  return found.ok ? found.value.digest : 'none';
};

describe('platforms', () => {
  it.each([
    [['linux/amd64', 'linux/arm64'], 'linux/arm64', 'linux/arm64'],
    [['linux/arm64/v8'], 'linux/arm64', 'linux/arm64/v8'],
    [['linux/arm64'], 'linux/arm64/v8', 'linux/arm64'],
    [['linux/arm64/v8', 'linux/arm64/v9'], 'linux/arm64/v9', 'linux/arm64/v9'],
    [['linux/arm64/v8'], 'linux/arm64/v9', 'linux/arm64/v8'],
    [['linux/arm64/v9'], 'linux/arm64/v8', 'none'],
    [['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7'], 'linux/arm', 'linux/arm/v7'],
    [['linux/arm/v5', 'linux/arm/v6'], 'linux/arm/v7', 'linux/arm/v6'],
    [['linux/arm/v7'], 'linux/arm/v6', 'none'],
    [['linux/arm/v7'], 'linux/arm64', 'none'],
    [['linux/amd64/v3', 'linux/amd64/v2', 'linux/amd64'], 'linux/amd64', 'linux/amd64'],
    [['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3'], 'linux/amd64/v3', 'linux/amd64/v3'],
    [['linux/amd64/v2'], 'linux/amd64', 'linux/amd64/v2'],
    [['linux/amd64/v3'], 'linux/amd64/v2', 'none'],
    [['linux/aarch64'], 'linux/arm64', 'linux/aarch64'],
    [['linux/x86_64'], 'linux/amd64', 'linux/x86_64'],
    [['windows/amd64'], 'linux/amd64', 'none'],
    [['linux/amd64', 'linux/amd64'], 'linux/amd64', 'linux/amd64'],
  ])('%j for %s: %s', (there, wanted, expected) => {
    expect(chosen(there, wanted)).toBe(expected);
  });

  it('passes over attestations, and names what there is', () => {
    const attestations = [
      entry('unknown/unknown'),
      entry('linux/amd64', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
    ];
    const none = choose([entry('linux/arm64/v8'), entry('linux/s390x'), ...attestations], read('linux/amd64'), 'app:1');
    expect(sayOf(none)).toBe('app:1 is not made for linux/amd64: there are linux/arm64/v8, linux/s390x.');
    expect(sayOf(choose(attestations, read('linux/amd64'), 'app:1'))).toBe('app:1 is not made for linux/amd64: it holds no image at all.');
  });

  it('takes an entry without a platform only if no other serves', () => {
    const entries = [entry(undefined), entry('linux/arm64')];
    expect(must(choose(entries, read('linux/arm64'), 'app')).digest).toBe('linux/arm64');
    expect(must(choose(entries, read('linux/amd64'), 'app')).digest).toBe('none');
  });
});
