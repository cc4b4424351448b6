import type { Named } from '../../check.ts';
import { type ClusterApiObject, nameOnly } from '../../shared/own-machines.ts';

/** Objects that carry one of the annotations, each with which and what it says. */
export const withAnnotation = (objects: readonly ClusterApiObject[], isMeant: (annotation: string) => boolean): readonly Named[] =>
  objects.flatMap((object) =>
    Object.entries(object.annotations)
      .filter(([annotation]) => isMeant(annotation))
      .map(([annotation, value]) => ({ ...nameOnly(object), detail: value === '' ? annotation : `${annotation}=${value}` })),
  );
