//! PostgreSQL over TLS.

use sea_orm::{ConnectionTrait as _, Database, Statement};
use weerklank_store::{DatabaseUrl, PoolOptions, Store, StoreError};
use weerklank_test_support::postgres::Cluster;

async fn open(address: &str) -> Result<Store, StoreError> {
    Store::open(&DatabaseUrl::parse(address).unwrap(), &PoolOptions::default()).await
}

#[tokio::test]
async fn a_line_is_as_safe_as_its_address_asks() {
    let cluster = Cluster::start_encrypted().unwrap();
    let watching = Database::connect(cluster.url("postgres")).await.unwrap();
    let backend = watching.get_database_backend();
    let authority = format!("sslrootcert={}", cluster.certificate().display());

    for (host, query, encrypted) in [
        ("localhost", "sslmode=disable".to_owned(), false),
        ("localhost", "sslmode=require".to_owned(), true),
        ("localhost", format!("sslmode=verify-full&{authority}"), true),
        ("127.0.0.1", format!("sslmode=verify-ca&{authority}"), true),
    ] {
        let store = open(&cluster.url_by_tls(host, "postgres", &query)).await.unwrap();
        store.migrate().await.unwrap();
        let asked = "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                     WHERE application_name = 'weerklank'";
        let rows = watching.query_all_raw(Statement::from_string(backend, asked)).await.unwrap();
        let found: Vec<bool> = rows.iter().map(|row| row.try_get("", "ssl").unwrap()).collect();
        assert_eq!(found, [encrypted], "{host} {query}");
        store.close().await.unwrap();
        // The server takes its time to forget a connection.
        let gone = "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'weerklank'";
        loop {
            let row = watching.query_one_raw(Statement::from_string(backend, gone)).await.unwrap().unwrap();
            if row.try_get::<i64>("", "n").unwrap() == 0 {
                break;
            }
        }
    }

    for (host, query) in [
        // Nobody else vouches for it.
        ("localhost", "sslmode=verify-full".to_owned()),
        // It is called otherwise in its certificate.
        ("127.0.0.1", format!("sslmode=verify-full&{authority}")),
    ] {
        let error = open(&cluster.url_by_tls(host, "postgres", &query)).await.unwrap_err();
        assert!(matches!(error, StoreError::Insecure(_)), "{host} {query}: {error:?}");
        assert!(error.to_string().contains("certificate"), "{error}");
    }

    let error = open(&format!("{}&sslmode=require", cluster.url("postgres"))).await.unwrap_err();
    assert!(matches!(error, StoreError::Insecure(_)), "a socket is never encrypted: {error:?}");

    let missing = "sslmode=verify-full&sslrootcert=/nowhere/authority.pem";
    let error = open(&cluster.url_by_tls("localhost", "postgres", missing)).await.unwrap_err().to_string();
    assert!(error.contains("sslrootcert=/nowhere/authority.pem: No such file"), "{error}");
}
