import { readFile } from 'node:fs/promises';

const file = (name: string): Promise<string> => readFile(new URL(`../data/conformance/${name}`, import.meta.url), 'utf8');

/** What the real suite wrote on the test bed (Kubernetes v1.36.3): 24 tests, of which 21 passed; most skipped rows and dumps of nodes are left out. */
export const recordedJunit = (): Promise<string> => file('junit_01.xml');
export const recordedLog = (): Promise<string> => file('e2e.log');
