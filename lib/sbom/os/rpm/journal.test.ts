import { expect, it } from 'vitest';
import { rpmJournal } from './journal.ts';

const head = { path: 'var/lib/rpm/rpmdb.sqlite-wal', size: 0, mode: 0o644 };

it('says that a journal with pages holds what the database lacks, and nothing of an empty one', () => {
  expect(rpmJournal.wants(head)).toBe(true);
  expect(rpmJournal.wants({ ...head, path: 'var/lib/other.sqlite-wal' })).toBe(false);
  expect(rpmJournal.read(head, new Uint8Array())).toBeUndefined();
  expect(rpmJournal.read(head, new Uint8Array(32))).toBeUndefined();
  expect(rpmJournal.read(head, new Uint8Array(33))).toEqual({ unreadable: expect.stringContaining('rpm --rebuilddb') });
});
