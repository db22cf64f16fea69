//! Every page of Weerklank. Feature `ssr` draws them as text on the server, feature `csr` in the
//! browser; the views are the same.

pub mod routes;
