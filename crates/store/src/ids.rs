//! Where ids come from.

use time::OffsetDateTime;
use uuid::{NoContext, Timestamp, Uuid};

/// Makes ids (UUID version 7, RFC 9562): they sort by the moment they were made.
pub trait IdSource: std::fmt::Debug + Send + Sync {
    /// An id that nothing else has.
    fn next(&self, now: OffsetDateTime) -> Uuid;
}

/// Ids whose other bits are random, from the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsIds;

impl IdSource for OsIds {
    fn next(&self, now: OffsetDateTime) -> Uuid {
        let since_1970 = now - OffsetDateTime::UNIX_EPOCH;
        let seconds = u64::try_from(since_1970.whole_seconds()).unwrap_or(0);
        let nanos = since_1970.subsec_nanoseconds().unsigned_abs();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanos))
    }
}
