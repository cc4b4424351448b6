// Written by tools/analyser.ts. Do not edit.
/** Analyses of another version are made anew. */
export const analyserVersion = 'ff73af82d6424f49';
