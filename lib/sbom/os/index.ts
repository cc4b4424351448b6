import type { FileCataloger } from '../cataloger.ts';
import { apkInstalled } from './apk.ts';
import { dpkgCopyright } from './dpkg/copyright.ts';
import { dpkgFileLists } from './dpkg/file-lists.ts';
import { dpkgStatus } from './dpkg/status.ts';
import { osRelease } from './os-release.ts';
import { rpmJournal } from './rpm/journal.ts';
import { rpmManifest } from './rpm/manifest.ts';
import { rpmDatabase } from './rpm/rpm.ts';

/** What operating systems say of themselves: their release and the databases of their package managers. */
export const osCatalogers: readonly FileCataloger[] = [
  osRelease,
  dpkgStatus,
  dpkgFileLists,
  dpkgCopyright,
  apkInstalled,
  rpmDatabase,
  rpmJournal,
  rpmManifest,
];
