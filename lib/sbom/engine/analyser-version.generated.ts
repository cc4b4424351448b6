// Written by tools/analyser.ts. Do not edit.
/** Analyses of another version are made anew. */
export const analyserVersion = '6dc379620160976d';
