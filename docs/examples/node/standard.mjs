// Two standard protocols that Karst speaks beside its own, stated as far as a client needs them: gRPC's health service
// and Google's rich errors.

import protobuf from 'protobufjs';

export const HEALTH = {
  nested: {
    grpc: {
      nested: {
        health: {
          nested: {
            v1: {
              nested: {
                HealthCheckRequest: { fields: { service: { type: 'string', id: 1 } } },
                HealthCheckResponse: {
                  fields: { status: { type: 'ServingStatus', id: 1 } },
                  nested: {
                    ServingStatus: {
                      values: { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 },
                    },
                  },
                },
                Health: {
                  methods: {
                    Check: {
                      requestType: 'HealthCheckRequest',
                      responseType: 'HealthCheckResponse',
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

const errors = protobuf.Root.fromJSON({
  nested: {
    Any: { fields: { typeUrl: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
    Status: { fields: { details: { rule: 'repeated', type: 'Any', id: 3 } } },
    ErrorInfo: { fields: { reason: { type: 'string', id: 1 } } },
  },
});
const Status = errors.lookupType('Status');
const ErrorInfo = errors.lookupType('ErrorInfo');

/** The reason of the first ErrorInfo in a serialized google.rpc.Status; undefined when there is none. */
export const errorInfoReason = (status) => {
  const detail = Status.decode(status).details.find((any) =>
    any.typeUrl.endsWith('/google.rpc.ErrorInfo'),
  );
  return detail && ErrorInfo.decode(detail.value).reason;
};
