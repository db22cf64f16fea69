//! `weerklank`: see `weerklank help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    weerklank_server::cli::main()
}
