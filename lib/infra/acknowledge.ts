import { Stack, Validations } from 'aws-cdk-lib';
// not among the exports of the package, but the one spelling its ids are made with
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

/**
 * Says of one construct why a check of cdk-nag does not apply to it. The whole id as cdk-nag prints it, so that nothing else is silenced with it; the reason is for the auditor who reads the report.
 */
export const acknowledge = (construct: IConstruct, id: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${id}`, reason });

/** The same for one resource with a wildcard in the policies of a role; every other wildcard of that role is still reported. */
export const acknowledgeWildcard = (construct: IConstruct, resource: string, reason: string): void =>
  acknowledge(construct, `IAM5[Resource::${flattenCfnReference(Stack.of(construct).resolve(resource))}]`, reason);
