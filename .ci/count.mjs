// Adds up the numbers of vitest's JSON reports in a folder: prints "PASSED FAILED". A folder without a report, or a skipped test, is a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
const skipped = sum('numPendingTests') + sum('numTodoTests');
if (skipped > 0) console.error(`${skipped} tests were skipped; none may be.`);
if (sum('numTotalTests') === 0) {
  console.error('No test ran.');
  process.exit(1);
}
console.log(`${sum('numPassedTests')} ${sum('numFailedTests') + skipped}`);
