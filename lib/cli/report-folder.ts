import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTrouble, readText, writeTogether } from '../adapters/local/files.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { type Format, fileNames, formats, renderReport, type SarifScope } from '../reports/renderers/renderer.ts';
import { Report } from '../reports/report.ts';

/** A folder of reports, looked at before the scan starts, so that a folder that cannot be used costs nobody a scan. */
export interface ReportFolder {
  readonly path: string;
  /** The report that lies there. */
  readonly previous?: Report;
  /** Names of the report files that lie there. */
  readonly files: readonly string[];
}

/** Reads a report; `what` names it in the sentence of a failure. */
export const readReport = async (path: string, what: string): Promise<Result<Report>> => {
  const text = await readText(path, what);
  if (!text.ok) return text;
  try {
    const parsed = Report.safeParse(JSON.parse(text.value));
    if (parsed.success) return succeed(parsed.data);
    const [first] = parsed.error.issues;
    return failed(
      'input-invalid',
      `${path} is no report of this version of Gatehouse: ${first?.path.join('.') || 'the whole file'}: ${first?.message}; name the report.json that a scan wrote.`,
    );
  } catch {
    return failed('input-invalid', `${path} is not JSON; name the report.json that a scan wrote.`);
  }
};

/** Looks at the folder: it may be new; a report.json in it must be a whole report. */
export const openReportFolder = async (path: string): Promise<Result<ReportFolder>> => {
  let names: readonly string[];
  try {
    names = await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return succeed({ path, files: [] });
    return failed('output-failed', `Cannot use ${path} as the folder for reports: ${fileTrouble(error)}.`);
  }
  const files = formats.map((format) => fileNames[format]).filter((name) => names.includes(name));
  if (!files.includes(fileNames.json)) return succeed({ path, files });
  const previous = await readReport(join(path, fileNames.json), 'the previous report');
  if (previous.ok) return succeed({ path, files, previous: previous.value });
  return failed(
    'input-invalid',
    `${previous.failure.say.replace(/; name the report\.json.*$/, '')}; move it away or choose another --out, nothing there is overwritten.`,
  );
};

/** `report.json` of an earlier scan stays as `report.2026-11-24T10-00-00Z.json`. */
const keptName = (name: string, startedAt: string, taken: readonly string[]): string => {
  const stamp = startedAt.replace(/\.\d+/, '').replaceAll(':', '-');
  const candidate = (number: number) => name.replace(/^report/, `report.${stamp}${number === 0 ? '' : `.${number}`}`);
  let number = 0;
  while (taken.includes(candidate(number))) number += 1;
  return candidate(number);
};

/** Writes the formats asked for, all or none, and keeps the reports that were there under their own time. Answers the paths written. */
export const saveReport = async (
  folder: ReportFolder,
  report: Report,
  wanted: readonly Format[],
  sarif: SarifScope = 'all',
): Promise<Result<readonly string[]>> => {
  const fonts = wanted.includes('pdf') ? await readFonts() : undefined;
  const files = await Promise.all(
    wanted.map(async (format) => ({
      name: fileNames[format],
      content: await renderReport(format, report, { sarif, ...(fonts ? { fonts } : {}) }),
    })),
  );
  const taken = await readdir(folder.path).catch(() => []);
  const keep = folder.previous
    ? folder.files.map((name) => ({ name, as: keptName(name, folder.previous?.scan.startedAt ?? '', taken) }))
    : [];
  const written = await writeTogether(folder.path, files, keep);
  return written.ok ? succeed(files.map(({ name }) => join(folder.path, name))) : written;
};
