import type { SoftwarePackage } from '../../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../../cataloger.ts';
import { excess, tooManyFiles } from '../limits.ts';
import { OwnedPaths } from '../owned-paths.ts';
import { berkeleyHeaders, isBerkeley } from './berkeley.ts';
import { Header } from './header.ts';
import { isNdb, ndbHeaders } from './ndb.ts';
import { packageOf, takeFiles } from './package.ts';
import { isSqlite, sqliteHeaders } from './sqlite.ts';

/** Folders of rpm's database: the old one, that of newer distributions, and that of images whose root cannot be written. */
const databasePath = /^(?:var\/lib\/rpm|usr\/lib\/sysimage\/rpm|usr\/share\/rpm)\/(?:Packages|Packages\.db|rpmdb\.sqlite)$/;

type Headers = Generator<Uint8Array, string | undefined>;

/** The bytes tell the format; names differ between versions of rpm. */
function headersOf(bytes: Uint8Array): Headers | undefined {
  if (isSqlite(bytes)) return sqliteHeaders(bytes);
  if (isNdb(bytes)) return ndbHeaders(bytes);
  return isBerkeley(bytes) ? berkeleyHeaders(bytes) : undefined;
}

/** What all headers say together, or why they say nothing. */
function collect(headers: Headers): FileFindings | undefined {
  const packages: SoftwarePackage[] = [];
  const owned = new OwnedPaths();
  let next = headers.next();
  for (; !next.done; next = headers.next()) {
    const header = new Header(next.value);
    const found = packageOf(header);
    if (header.trouble !== undefined || found === undefined) return { unreadable: header.trouble ?? 'a header in it names no package' };
    if (found === 'no-package') continue;
    takeFiles(owned, found.name, header);
    packages.push(found);
    if (header.trouble !== undefined) return { unreadable: header.trouble };
    if (owned.isFull) return tooManyFiles;
    const tooMuch = excess(packages.length, found);
    if (tooMuch !== undefined) return tooMuch;
  }
  if (next.value !== undefined) return { unreadable: next.value };
  return packages.length === 0 ? undefined : { packages, ...owned.findings() };
}

function read(bytes: Uint8Array): FileFindings | undefined {
  if (bytes.length === 0) return undefined;
  const headers = headersOf(bytes);
  return headers === undefined ? { unreadable: 'it is no rpm database of SQLite, ndb or Berkeley DB' } : collect(headers);
}

/** The installed packages of rpm. */
export const rpmDatabase: FileCataloger = {
  id: 'rpm',
  mostBytes: 256 << 20,
  wants: ({ path }) => databasePath.test(path),
  read: (_head, bytes) => read(bytes),
};
