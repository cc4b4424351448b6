// Written by tools/analyser.ts. Do not edit.
/** Analyses of another version are made anew. */
export const analyserVersion = 'cf7a4031238152a5';
