import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTrouble, readText, writeTogether } from '../adapters/local/files.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { type Format, fileNames, formats, renderReport, type SarifScope } from '../reports/renderers/renderer.ts';
import { Report } from '../reports/report.ts';

/** A report file that lies in a folder. */
interface Lying {
  readonly name: string;
  /** When it was made, ISO 8601, UTC; names what is kept. */
  readonly madeAt: string;
}

/** A folder of reports, looked at before the scan starts, so that a folder that cannot be used costs nobody a scan. */
export interface ReportFolder {
  readonly path: string;
  /** The report that lies there. */
  readonly previous?: Report;
  readonly files: readonly Lying[];
}

/** Reads a report; `what` names it in the sentence of a failure, `advice` says what to do about a file that is none. */
export const readReport = async (
  path: string,
  what: string,
  advice = 'name the report.json that a scan wrote',
): Promise<Result<Report>> => {
  const text = await readText(path, what);
  if (!text.ok) return text;
  try {
    const parsed = Report.safeParse(JSON.parse(text.value));
    if (parsed.success) return succeed(parsed.data);
    const [first] = parsed.error.issues;
    return failed(
      'input-invalid',
      `${path} is no report of this version of Gatehouse: ${first?.path.join('.') || 'the whole file'}: ${first?.message}; ${advice}.`,
    );
  } catch {
    return failed('input-invalid', `${path} is not JSON; ${advice}.`);
  }
};

/** A file with the time of the scan that made it, or of its last change where no scan says so; `undefined` for what is no file. */
const lyingAt = async (folder: string, name: string, startedAt: string | undefined): Promise<Lying | undefined> => {
  const there = await stat(join(folder, name));
  // the time becomes part of a file name, and a report is only a file that anybody may have written
  const isTime = startedAt !== undefined && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(startedAt);
  return there.isFile() ? { name, madeAt: isTime ? startedAt : there.mtime.toISOString() } : undefined;
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
  const hasReport = names.includes(fileNames.json);
  const advice = 'move it away or choose another --out, nothing there is overwritten';
  const previous = hasReport ? await readReport(join(path, fileNames.json), 'the previous report', advice) : undefined;
  if (previous?.ok === false) return previous;
  const present = formats.map((format) => fileNames[format]).filter((name) => names.includes(name));
  const found = await Promise.all(present.map((name) => lyingAt(path, name, previous?.value.scan.startedAt)));
  return succeed({ path, files: found.flatMap((one) => one ?? []), ...(previous ? { previous: previous.value } : {}) });
};

/** `report.json` of an earlier scan stays as `report.2026-11-24T10-00-00Z.json`. */
const keptName = ({ name, madeAt }: Lying, taken: readonly string[]): string => {
  const stamp = madeAt.replace(/\.\d+/, '').replaceAll(':', '-');
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
  const keep = folder.files.map((lying) => ({ name: lying.name, as: keptName(lying, taken) }));
  const written = await writeTogether(folder.path, files, keep);
  return written.ok ? succeed(files.map(({ name }) => join(folder.path, name))) : written;
};
