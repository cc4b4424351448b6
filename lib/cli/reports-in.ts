import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTrouble } from '../adapters/local/files.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { Report } from '../reports/report.ts';
import { readReport } from './report-folder.ts';

/** A report with what its file hashes to. */
export interface FoundReport {
  readonly report: Report;
  /** Hex. */
  readonly sha256: string;
}

/** Reports of scans: `report.json`, and those that were kept under their time. */
const isReport = (name: string): boolean => /^report(\.[\w.-]+)?\.json$/.test(name) && !name.endsWith('.oscal.json');
/** Reports that are read at most: a folder of years must not take minutes. */
const mostReports = 500;

/**
 * Every report of one cluster in a folder and the folders in it (three deep), newest first. A file that is named like a report and is none ends it: a gate that passes
 * over evidence in silence is worth nothing.
 */
export const reportsIn = async (folder: string, clusterId: string): Promise<Result<readonly FoundReport[]>> => {
  let paths: readonly string[];
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    paths = entries
      .filter((entry) => entry.isFile() && isReport(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => path.slice(folder.length).split('/').length <= 5)
      .toSorted();
  } catch (error) {
    return failed('input-invalid', `Cannot read the folder of reports ${folder}: ${fileTrouble(error)}.`);
  }
  if (paths.length > mostReports)
    return failed('input-invalid', `The folder ${folder} holds ${paths.length} reports, more than ${mostReports}; name one with fewer.`);
  const found: FoundReport[] = [];
  for (const path of paths) {
    const report = await readReport(path, 'the report', 'move it out of the folder of reports');
    if (!report.ok) return report;
    if (report.value.scan.cluster.id !== clusterId) continue;
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    found.push({ report: report.value, sha256 });
  }
  return succeed(found.toSorted((a, b) => (a.report.scan.endedAt < b.report.scan.endedAt ? 1 : -1)));
};
