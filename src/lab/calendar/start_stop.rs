//! start-cal and stop-cal, which the lab refuses on every host. The cluster starts and stops
//! Calendar Server, through the agent's methods.

use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// start-cal and stop-cal.
///
/// Assumption: what they do under a cluster is unknown; the lab refuses them, because nobody may
/// use them on a managed instance.
pub(crate) fn refuse(call: &mut Call<'_>) -> Result<(), Refusal> {
    let text = format!(
        "the lab does not run {}; the cluster starts and stops Calendar Server",
        call.name()
    );
    Err(Refusal::new(255, text))
}
