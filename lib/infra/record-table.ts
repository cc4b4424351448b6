import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Setting } from '../core/environment.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface RecordTableProps {
  readonly key: IKey;
  /** The variable in which functions find its name. */
  readonly setting: Extract<Setting, 'recordTable' | 'shortLivedTable'>;
  /** Sparse indexes, by the names the record store knows. */
  readonly indexes: readonly string[];
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** A table of records: `pk` and `sk`, sparse indexes over `<index>Pk` and `<index>Sk`, expiry, recovery to any second of 35 days. Stays when the stack goes. */
export class RecordTable extends Construct {
  private readonly table: TableV2;
  private readonly props: RecordTableProps;

  constructor(scope: Construct, id: string, props: RecordTableProps) {
    super(scope, id);
    this.props = props;
    this.table = new TableV2(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      encryption: TableEncryptionV2.customerManagedKey(props.key),
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: props.indexes.map((indexName) => ({
        indexName,
        partitionKey: text(`${indexName}Pk`),
        sortKey: text(`${indexName}Sk`),
        projectionType: ProjectionType.ALL,
      })),
    });
  }

  /** Reads and writes single records and queries partitions and indexes; never scans the table. */
  allowReadingAndWriting(to: GatehouseFunction): void {
    to.set(this.props.setting, this.table.tableName);
    const indexes = this.props.indexes.map((name) => `${this.table.tableArn}/index/${name}`);
    to.allow(
      `${this.node.id}ReadWrite`,
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      [this.table.tableArn],
    );
    if (indexes.length > 0) to.allow(`${this.node.id}Indexes`, ['dynamodb:Query'], indexes);
    this.allowKey(to);
  }

  /**
   * Reads and changes records of partitions whose names begin so, lists them partition by partition, and removes nothing. DynamoDB knows no narrower right: within a partition every record is
   * reachable.
   */
  allowChangingRecordsOf(to: GatehouseFunction, ...partitions: readonly string[]): void {
    to.set(this.props.setting, this.table.tableName);
    to.allow(`${this.node.id}Change`, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], [this.table.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((partition) => `${partition}*`) },
      // for all of no keys is true, too
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
    this.allowKey(to);
  }

  private allowKey(to: GatehouseFunction): void {
    to.allow(`${this.node.id}Key`, tableKeyActions, [this.props.key.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` },
    });
  }
}

/** What DynamoDB asks of a caller when a table has a key of its owner. */
const tableKeyActions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'];
