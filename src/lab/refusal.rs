//! How a simulated program fails: its status and its words. The words for errors of the operating
//! system are those of Solaris, whatever this machine says. Which status fits is for each program
//! to say.

/// Why a simulated program ends with a status other than 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: i32,
    /// For standard error, after the program's name; empty = nothing is printed.
    pub text: String,
}

impl Refusal {
    pub fn new(status: i32, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// Ends without a word.
    pub fn quiet(status: i32) -> Self {
        Self::new(status, "")
    }

    /// The command line itself is wrong.
    ///
    /// Assumption: status 1; the manual pages' EXIT STATUS sections were not available.
    pub fn usage(text: &str) -> Self {
        Self::new(1, format!("usage: {text}"))
    }
}

/// An error of the operating system about `path`, in the words of Solaris.
pub(crate) fn of_io(path: &str, error: &std::io::Error) -> Refusal {
    Refusal::new(2, format!("{path}: {}", words(error)))
}

/// The text of perror(3C).
pub(crate) fn words(error: &std::io::Error) -> String {
    use rustix::io::Errno;
    match error.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::NOENT) => "No such file or directory".into(),
        Some(Errno::EXIST) => "File exists".into(),
        Some(Errno::NOTDIR) => "Not a directory".into(),
        Some(Errno::ISDIR) => "Is a directory".into(),
        Some(Errno::NOTEMPTY) => "Directory not empty".into(),
        Some(Errno::BUSY) => "Device busy".into(),
        Some(Errno::NOSPC) => "No space left on device".into(),
        Some(Errno::ACCESS) => "Permission denied".into(),
        Some(Errno::XDEV) => "Cross-device link".into(),
        Some(Errno::LOOP) => {
            "Number of symbolic links encountered during path name traversal exceeds MAXSYMLINKS"
                .into()
        }
        Some(Errno::INVAL) => "Invalid argument".into(),
        _ => error.to_string(),
    }
}
