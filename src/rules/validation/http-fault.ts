import type { FieldView } from './field-view.ts';
import { checkDuration } from './scalars.ts';

const GRPC_STATUSES = new Set([
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]);

/** Faults that a route injects on purpose. */
export function checkFault(fault: FieldView): void {
  if (!fault.isSet) return;
  const abort = fault.field('abort');
  const delay = fault.field('delay');
  if (!abort.isSet && !delay.isSet) fault.refuse('must have an abort or a delay');
  checkPercentage(abort.field('percentage').field('value'));
  checkPercentage(delay.field('percentage').field('value'));
  checkDuration(delay.field('fixedDelay'));
  for (const field of [abort.field('http2Error'), delay.field('exponentialDelay')]) {
    if (field.isFilled) field.refuse('is not supported yet');
  }
  const grpc = abort.field('grpcStatus');
  if (grpc.isFilled && !GRPC_STATUSES.has(grpc.text))
    grpc.refuse('must be the name of a gRPC status such as UNAVAILABLE');
  const status = abort.field('httpStatus');
  if (status.number !== undefined && (status.number < 200 || status.number > 600)) {
    status.refuse('must be an HTTP status from 200 to 599');
  }
}

/** 0, or a share that Envoy can tell from it. */
function checkPercentage(value: FieldView): void {
  const number = value.number ?? 0;
  if (number !== 0 && (number < 0.0001 || number > 100)) value.refuse('must be 0, or from 0.0001 to 100');
}
