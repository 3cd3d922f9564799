import { settingsSchema } from '../../src/config/settings-schema.ts';
import { planSchema, reviewSchema } from '../../src/report/review-schema.ts';
import { RULE_HEADS } from '../../src/rules/registry.ts';

/** The JSON schemas that are written from code, by path. */
export function schemaFiles(): [string, string][] {
  return [
    ['schema/config.schema.json', JSON.stringify(settingsSchema(RULE_HEADS), null, 2)],
    ['schema/review.schema.json', JSON.stringify(reviewSchema, null, 2)],
    ['schema/plan.schema.json', JSON.stringify(planSchema, null, 2)],
  ];
}
