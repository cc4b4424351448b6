import type { AnyGateCheck } from '../../check.ts';
import { conversionWebhook } from './conversion-webhook.check.ts';
import { crdStoredVersions } from './crd-stored-versions.check.ts';
import { deprecated } from './deprecated.check.ts';
import { removedCallers } from './removed-callers.check.ts';
import { removedObjects } from './removed-objects.check.ts';

export const apiChecks: readonly AnyGateCheck[] = [removedObjects, removedCallers, crdStoredVersions, conversionWebhook, deprecated];
