export { applyVex, isAnswered } from './apply.ts';
export { imagePurl, packagePurl } from './purl.ts';
export { readVex } from './read-vex.ts';
export type * from './statement.ts';
export { type AcceptedVulnerability, type OpenVexOptions, toOpenVex } from './write-open-vex.ts';
