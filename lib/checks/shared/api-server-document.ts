import { parse } from 'yaml';
import type { z } from 'zod';
import type { NodeFilesFact, Slice } from '../../core/facts/index.ts';
import type { Evidence } from '../../core/finding.ts';
import { type Check, defineCheck, fail, unknown } from '../check.ts';
import { type Answer, judgeSettings, type Words } from './flag-check.ts';
import { type Settings, settingsOf } from './flags.ts';
import { controlPlaneSlices, type Instance, judgeInstances } from './instances.ts';

/** What is said of a document, and the lines of it that it rests on, each with what was found there. */
export interface DocumentAnswer extends Pick<Answer, 'outcome' | 'message'> {
  readonly found: readonly { readonly looked: string; readonly found: string }[];
}

type Text = { readonly text: string; readonly source: string } | { readonly reason: string };

/** The text of a file on the node of an API server, or why it is not to be had. */
const textOn = (node: string | undefined, path: string, nodeFiles: Slice<readonly NodeFilesFact[]>): Text => {
  if (!nodeFiles.read) return { reason: `Could not look into ${path}: ${nodeFiles.reason}` };
  const files = nodeFiles.value.find((one) => one.node === node);
  if (!files) return { reason: `It is not known on which node ${path} would have to be read.` };
  if (!files.read) return { reason: `Could not look into ${path}: ${files.reason}` };
  const text = files.documents[path];
  if (text !== undefined) return { text, source: `file on node ${files.node}` };
  const refused = files.unreadable[path];
  if (refused !== undefined) return { reason: `Could not look into ${path}: ${refused}.` };
  return { reason: `The node shows no ${path}; the API server may have it from another place, by a volume of its pod.` };
};

/** The document, if it is YAML (or JSON) of the shape expected. */
const read = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(parse(text)).data;
  } catch {
    return undefined;
  }
};

type Had<T> = { readonly document: T; readonly source: string } | { readonly reason: string; readonly evidence: Evidence };

/** What a file on the node of an API server says, or why that is not known. */
const documentOn = <T>(
  node: string | undefined,
  path: string,
  nodeFiles: Slice<readonly NodeFilesFact[]>,
  schema: z.ZodType<T>,
): Had<T> => {
  const had = textOn(node, path, nodeFiles);
  if ('reason' in had) return { reason: had.reason, evidence: { source: 'node files', looked: path, found: 'not read' } };
  const { source, text } = had;
  const document = read(text, schema);
  if (document !== undefined) return { document, source };
  return { reason: `What ${path} holds is not understood.`, evidence: { source, looked: path, found: 'another shape than expected' } };
};

const foundIn = (source: string, path: string, { found }: DocumentAnswer): readonly Evidence[] =>
  found.map((one) => ({ source, looked: `${path}, ${one.looked}`, found: one.found }));

/**
 * A check of what a file says that the API server is given by a flag. Without the flag there is nothing that could hold, so that is a `fail` and needs no look at nodes; with it,
 * every instance is judged by the file on its own node.
 */
export const documentCheck = <T>({
  flag,
  schema,
  without,
  judge,
  ...words
}: Words & {
  readonly flag: string;
  readonly schema: z.ZodType<T>;
  /** What follows from a flag that is not given, as a sentence. */
  readonly without: string;
  judge(document: T): DocumentAnswer;
}): Check<never, (typeof controlPlaneSlices)[number] | 'nodeFiles'> => {
  const judgeOne = (instance: Instance, settings: Settings, nodeFiles: Slice<readonly NodeFilesFact[]>) => {
    const { subject } = instance;
    const path = settings.text(flag);
    if (path === '') return fail(subject, without, ...settings.evidence);
    const had = documentOn(subject.node, path, nodeFiles, schema);
    if ('reason' in had) return unknown(subject, had.reason, ...settings.evidence, had.evidence);
    const answer = judge(had.document);
    const { outcome, message } = answer;
    const evidence = [...settings.evidence, ...foundIn(had.source, path, answer)];
    return { subject, outcome, message, evidence };
  };
  return defineCheck({
    ...words,
    reads: [],
    mayRead: [...controlPlaneSlices, 'nodeFiles'],
    evaluate: (seen) => judgeInstances('kube-apiserver', seen, (instance) => judgeOne(instance, settingsOf(instance), seen.nodeFiles)),
  });
};

/**
 * A check of what flags say, or a file that takes their place where it is given. The file on the instance's own node is read where that can be had; a person must look into it otherwise.
 */
export const flagsOrDocumentCheck = <T>({
  flag,
  schema,
  byFlags,
  byFile,
  lookInto,
  ...words
}: Words & {
  /** The flag that names the file. */
  readonly flag: string;
  readonly schema: z.ZodType<T>;
  /** What the flags come to; undefined where the file has the last word. */
  byFlags(settings: Settings, instance: Instance, hasFile: boolean): Answer | undefined;
  byFile(document: T): DocumentAnswer;
  /** What a person must look for in the file. */
  lookInto(path: string): Answer;
}): Check<never, (typeof controlPlaneSlices)[number] | 'nodeFiles'> =>
  defineCheck({
    ...words,
    reads: [],
    mayRead: [...controlPlaneSlices, 'nodeFiles'],
    evaluate: (seen) =>
      judgeInstances('kube-apiserver', seen, (instance) =>
        judgeSettings(instance, (settings) => {
          const path = settings.has(flag) ? settings.text(flag) : '';
          const answer = byFlags(settings, instance, path !== '');
          if (answer) return answer;
          const had = documentOn(instance.subject.node, path, seen.nodeFiles, schema);
          if ('reason' in had) {
            settings.note({ ...had.evidence, found: had.reason });
            return lookInto(path);
          }
          const said = byFile(had.document);
          settings.note(...foundIn(had.source, path, said));
          return { outcome: said.outcome, message: said.message };
        }),
      ),
  });
