import type { FileCataloger } from '../../cataloger.ts';

const journalPath = /^(?:var\/lib\/rpm|usr\/lib\/sysimage\/rpm|usr\/share\/rpm)\/rpmdb\.sqlite-wal$/;
/** A journal of this length has no page in it. */
const headBytes = 32;

/**
 * Changes that SQLite has not written into the database itself. Images are left with an empty journal as a rule; one with pages
 * means that the database beside it may lack packages, and that must be said.
 */
export const rpmJournal: FileCataloger = {
  id: 'rpm-journal',
  mostBytes: 256 << 20,
  wants: ({ path }) => journalPath.test(path),
  read: (_head, bytes) =>
    bytes.length > headBytes
      ? {
          unreadable: 'it holds changes that are not in the rpm database yet: run `rpm --rebuilddb` as the last step of building the image',
        }
      : undefined,
};
